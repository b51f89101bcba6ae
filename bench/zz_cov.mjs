import { launch } from "./chromium.mjs";
import { serve, build, address } from "./site.mjs";
import { draw } from "./covers.mjs";
import doui from "./contenders/doui.mjs";
import before from "./contenders/before.mjs";
import { open } from "./visit.mjs";
const which={doui,before}[process.argv[2]];
const browser=await launch(); build([which], [[8,"external",{look:"picture"}]], await draw(browser));
const {origin,close}=await serve();
const context=await browser.createBrowserContext(); const page=await open(context,"phone"); const to=origin+address(which,8,"external",{look:"picture"});
await page.cdp.send("Profiler.enable"); await page.cdp.send("Profiler.startPreciseCoverage",{callCount:true,detailed:false});
await page.goto(to,{waitUntil:"networkidle0"}); await page.evaluate(()=>new Promise(r=>requestIdleCallback(r)));
const {result}=await page.cdp.send("Profiler.takePreciseCoverage");
const src=await page.evaluate(async()=>await(await fetch(document.querySelector("script").src)).text());
const s=result.find(r=>/doui\.js/.test(r.url)); let n=0,b=0;
const rows=s.functions.map(f=>({c:f.ranges[0].count,a:f.ranges[0].startOffset,e:f.ranges[0].endOffset})).sort((x,y)=>x.a-y.a);
for(const r of rows) if(r.c){n++; console.log(String(r.c).padStart(5),String(r.e-r.a).padStart(6),src.slice(r.a,r.a+90).replace(/\n/g," "));}
console.log(n,"called of",rows.length);
await browser.close(); close();
