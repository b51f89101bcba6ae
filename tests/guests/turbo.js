import * as Turbo from "@hotwired/turbo";

export { Turbo };
