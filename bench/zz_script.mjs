import { launch } from "./chromium.mjs";
import { serve, build, address } from "./site.mjs";
import { draw } from "./covers.mjs";
import doui from "./contenders/doui.mjs";
import before from "./contenders/before.mjs";
import vanilla from "./contenders/vanilla.mjs";
import { floors } from "./contenders/floor.mjs";
import { open, quietVisit, heap } from "./visit.mjs";
import { median } from "./figures.mjs";
import { readFileSync } from "node:fs";
const extra = process.argv.slice(2).map(f=>({...doui,name:f.split("/").pop().replace(".js",""),files:()=>({"doui.js":readFileSync(f)}),first:`\n<script src="/${f.split("/").pop().replace(".js","")}/doui.js"></script>`}));
const reads={...floors[0],name:"reads",folder:"reads",files:()=>({"doui.js":"(()=>{let a=document.cookie,b=localStorage.getItem('doui');document.addEventListener('x',()=>a+b)})()"}),first:`\n<script src="/reads/doui.js"></script>`};
const all=[floors[0],doui,before,...extra]; const N=+(process.env.N||8);
const browser=await launch(); build(all, [[8,"external",{look:"picture"}],[8,"external",{look:"picture",isDecided:true}]], await draw(browser));
const {origin,close}=await serve(); const S={};
const note=(n,k,v)=>((S[n]??={})[k]??=[]).push(v);
for(let i=0;i<N;i++) for(const c of all){
  const context=await browser.createBrowserContext();
  const p=await open(context,"phone"); const to=d=>origin+address(c,8,"external",{look:"picture",isDecided:d});
  note(c.name,"first",(await quietVisit(p,to(false))).script); note(c.name,"heap",await heap(p)/1000);
  if(c.button&&c!=vanilla) await p.evaluate(()=>void doui.acceptAll()); else if (c==vanilla) await p.evaluate(()=>CookieConsent.acceptCategory("all"));
  await new Promise(r=>setTimeout(r,200));
  await p.close();
  for(const k of ["d2","d3"]){ const q=await open(context,"phone"); note(c.name,k,(await quietVisit(q,to(true))).script); await q.close(); }
  await context.close();
}
await browser.close(); close();
for(const [n,k] of Object.entries(S)) console.log(n.padEnd(10), Object.entries(k).map(([m,v])=>m+" "+(median(v)-median(S.floor[m])).toFixed(1)).join("  "));
