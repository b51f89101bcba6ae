import Link from "next/link";
import { Film } from "./film";
import { State } from "./state";

export default function Home() {
  return (
    <main id="home">
      <State />
      <Film />
      <Link href="/other" prefetch={false}>other</Link>
    </main>
  );
}
