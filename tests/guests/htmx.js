import htmx from "htmx.org";
import "idiomorph/htmx";

export { htmx };
