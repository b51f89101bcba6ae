// The page without a manager: what everything else is measured against. Its tags never run.

export default {
  name: "none",
  title: "no manager",
  files: () => ({}),
  tags: (tags) => tags.map(({ src, text }) => `<script type="text/plain"${src ? ` src="${src}"` : ""}>${text ?? ""}</script>\n`).join(""),
};
