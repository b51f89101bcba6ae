import { Component, inject } from "@angular/core";
import { RouterLink } from "@angular/router";
import { Consent } from "./consent";
import { Film } from "./film";

@Component({
  selector: "shop-home",
  imports: [Film, RouterLink],
  template: `
    <main id="home">
      <p id="state">{{ said() }}</p>
      <p id="ads">{{ consent.allows("ads") ? "allowed" : "not" }}</p>
      <shop-film />
      <a routerLink="/other">other</a>
    </main>
  `,
})
export class Home {
  readonly consent = inject(Consent);

  said() {
    const state = this.consent.state();
    return state ? (state.decided ? "decided" : "asked") : "none";
  }
}

@Component({
  selector: "shop-other",
  imports: [RouterLink],
  template: `<main id="other"><a routerLink="/">home</a></main>`,
})
export class Other {}
