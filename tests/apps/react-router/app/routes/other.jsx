import { Link } from "react-router";

export default function Other() {
  return (
    <main id="other">
      <Link to="/">home</Link>
    </main>
  );
}
