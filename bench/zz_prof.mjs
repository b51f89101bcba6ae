import { launch } from "./chromium.mjs";
import { serve, build, address } from "./site.mjs";
import { draw } from "./covers.mjs";
import doui from "./contenders/doui.mjs";
import before from "./contenders/before.mjs";
import { open } from "./visit.mjs";
const which = process.argv[2]=="before"?before:doui; const decided=process.argv[3]=="decided"; const N=+process.argv[4]||12;
const browser = await launch();
build([which], [[8,"external",{look:"picture"}]], await draw(browser));
const {origin, close} = await serve();
const sums = new Map(); let total=0; const metr=[];
for (let i=0;i<N;i++){
  const context = await browser.createBrowserContext();
  const page = await open(context, "phone");
  const to = origin+address(which,8,"external",{look:"picture"});
  if (decided){ await page.goto(to,{waitUntil:"networkidle0"}); await page.evaluate(()=>void doui.acceptAll()); await new Promise(r=>setTimeout(r,500)); await page.goto(to,{waitUntil:"networkidle0"}); }
  await page.cdp.send("Profiler.enable"); await page.cdp.send("Profiler.setSamplingInterval",{interval:100});
  await page.cdp.send("Profiler.start");
  await page.goto(to,{waitUntil:"networkidle0"});
  await page.evaluate(()=>new Promise(r=>requestIdleCallback(r)));
  const {profile} = await page.cdp.send("Profiler.stop");
  const src = await page.evaluate(async()=> (await (await fetch(document.querySelector("script").src)).text()));
  const lines = src.split("\n");
  const byId = new Map(profile.nodes.map(n=>[n.id,n]));
  const parent = new Map(); for (const n of profile.nodes) for (const c of n.children||[]) parent.set(c,n.id);
  const self = new Map(); profile.samples.forEach((id,k)=>self.set(id,(self.get(id)||0)+profile.timeDeltas[k]));
  for (const [id,t] of self){ let n=byId.get(id); const chain=[]; let isOurs=false;
    for (let at=id; at!=null; at=parent.get(at)){ const f=byId.get(at).callFrame; if (f.url.includes("doui.js")) { isOurs=true; chain.push((f.functionName||"?")+"@"+lines[f.lineNumber]?.slice(f.columnNumber, f.columnNumber+70)); } else if (at==id) chain.push("<"+(f.functionName||"?")+">"); }
    if (!isOurs) continue; total+=t;
    const seen=new Set(); chain.forEach((c,k)=>{ if(seen.has(c))return; seen.add(c); const e=sums.get(c)||{self:0,tot:0}; e.tot+=t; if(k==0)e.self+=t; sums.set(c,e); });
  }
  await context.close();
}
await browser.close(); close();
console.log("total ms", (total/1000/N).toFixed(2));
const rows=[...sums].sort((a,b)=>b[1].tot-a[1].tot).slice(0,60);
for (const [k,v] of rows) console.log((v.tot/1000/N).toFixed(2).padStart(7),(v.self/1000/N).toFixed(2).padStart(7), k.replace(/\n/g," "));
