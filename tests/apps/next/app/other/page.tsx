import Link from "next/link";

export default function Other() {
  return (
    <main id="other">
      <Link href="/" prefetch={false}>home</Link>
    </main>
  );
}
