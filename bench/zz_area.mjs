import { launch } from "./chromium.mjs"; import { serve } from "./site.mjs";
const b=await launch(); const {origin,close}=await serve("/tmp/lead/site");
for (const w of [390,1280]) for (const f of ["index.html","en.html"]) { const c=await b.createBrowserContext(); const p=await c.newPage(); await p.setViewport({width:w,height:w==390?844:800,deviceScaleFactor:1});
 await p.evaluateOnNewDocument(()=>{window.L=[];new PerformanceObserver(l=>l.getEntries().forEach(e=>L.push([e.element?.localName??null,e.size,Math.round(e.startTime)]))).observe({type:"largest-contentful-paint",buffered:true}); new PerformanceObserver(l=>l.getEntries().forEach(e=>L.push([e.name,Math.round(e.startTime)]))).observe({type:"paint",buffered:true});});
 await p.goto(origin+"/"+f); await new Promise(r=>setTimeout(r,800));
 console.log(w,f,JSON.stringify(await p.evaluate(()=>[...document.querySelector("#doui-banner").shadowRoot.querySelectorAll("h2,p,button,li")].map(n=>{const r=n.getBoundingClientRect();return [n.localName,Math.round(r.width*r.height), Math.round(r.height)]}).filter(x=>x[1])))); console.log(JSON.stringify(await p.evaluate(()=>L)), await p.evaluate(()=>getComputedStyle(document.documentElement).getPropertyValue("--doui-height")));
 await p.screenshot({path:`/tmp/lead/area-${w}-${f}.png`}); await c.close(); }
await b.close(); close();
