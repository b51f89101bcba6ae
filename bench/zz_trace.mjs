import { launch } from "./chromium.mjs";
import { serve, build, address } from "./site.mjs";
import { draw } from "./covers.mjs";
import doui from "./contenders/doui.mjs";
import before from "./contenders/before.mjs";
import { open, quietVisit } from "./visit.mjs";
const which={doui,before}[process.argv[2]]; const decided=process.argv[3]=="decided"; const N=+(process.argv[4]||5);
const browser=await launch(); build([which], [[8,"external",{look:"picture"}]], await draw(browser));
const {origin,close}=await serve(); const agg=new Map();
for(let i=0;i<N;i++){
  const context=await browser.createBrowserContext(); const page=await open(context,"phone"); const to=origin+address(which,8,"external",{look:"picture"});
  if(decided){ await page.goto(to,{waitUntil:"networkidle0"}); await page.evaluate(()=>void doui.acceptAll()); await new Promise(r=>setTimeout(r,500)); for(const _ of [1,2]) await page.goto(to,{waitUntil:"networkidle0"}); }
  await page.tracing.start({categories:["devtools.timeline","v8","disabled-by-default-devtools.timeline","disabled-by-default-v8.compile","blink.user_timing","devtools.timeline.frame"]});
  await page.goto(to,{waitUntil:"networkidle0"});
  await page.evaluate(()=>new Promise(r=>requestIdleCallback(r)));
  const t=JSON.parse(Buffer.from(await page.tracing.stop()).toString());
  const names=t.traceEvents.filter(e=>e.name=="thread_name"&&e.args.name=="CrRendererMain").map(e=>e.pid+":"+e.tid);
  for(const e of t.traceEvents){ if(e.ph!="X"||!names.includes(e.pid+":"+e.tid)) continue;
    const s=JSON.stringify(e.args||{}); const ours=/doui\.js/.test(s);
    const key=(ours?"* ":"  ")+e.name+(ours&&e.name=="FunctionCall"?" "+(e.args.data.functionName||"")+":"+e.args.data.columnNumber:"");
    const a=agg.get(key)||{n:0,t:0}; a.n++; a.t+=(e.tdur??e.dur)/1000; agg.set(key,a); }
  await context.close();
}
await browser.close(); close();
for(const [k,a] of [...agg].sort((a,b)=>b[1].t-a[1].t).slice(0,45)) console.log((a.t/N).toFixed(2).padStart(8),(a.n/N).toFixed(1).padStart(7),k);
