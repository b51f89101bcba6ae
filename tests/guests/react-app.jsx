// What the pages of React's tests show: a shop's part with held tags, and a whole document around it.
import { Fragment, useRef, useState } from "react";

const inline = { __html: "ran.push('inline')" };
const template = { __html: "<b class=ad>ad</b>" };

/**
 * Held tags that are the roots of their component: React itself takes each out of the page. A template that opens before React
 * hydrates the page is a change of the server's tree, so only what React mounts has one.
 */
export const Tags = ({ name, refs = {}, hasTemplate }) => (
  <Fragment>
    <iframe title={name} width="300" height="150" data-doui="ads" data-doui-src={`/frame.html?${name}`} ref={refs.frame} />
    <script type="text/plain" data-doui="ads" src={`/tag.js?${name}`} ref={refs.script} />
    <script type="text/plain" data-doui="ads" dangerouslySetInnerHTML={inline} />
    {hasTemplate && <template data-doui="ads" dangerouslySetInnerHTML={template} />}
  </Fragment>
);

export const App = ({ hasTemplate }) => {
  const [count, setCount] = useState(0);
  const [shows, setShows] = useState(true);
  const [order, setOrder] = useState(["a", "b", "c"]);
  const frame = useRef();
  const script = useRef();
  if (typeof window == "object") window.app = { setShows, setOrder, frame, script };
  return (
    <main>
      <button id="count" onClick={() => setCount(count + 1)}>{count}</button>
      {shows && <Tags name="react" refs={{ frame, script }} hasTemplate={hasTemplate} />}
      {order.map((name) => (
        <iframe key={name} title={name} width="300" height="60" data-doui="traffic" data-doui-src={`/frame.html?${name}`} />
      ))}
      <p id="end">end</p>
    </main>
  );
};

/** A document that React renders from `<html>` on, as Next and Remix do. */
export const Whole = ({ script, isTold }) => (
  <html lang="ja">
    <head>
      <meta charSet="utf-8" />
      <title>React</title>
      <link rel="icon" href="data:," />
      <script src="/witness.js" />
      <script src="/doui/doui.js" data-hydrates={isTold ? "document" : undefined} />
    </head>
    <body>
      <App />
      <script src={script} defer />
    </body>
  </html>
);
