// Turns an XForm into what Enketo draws; not measured.
import { transform } from "enketo-transformer/web";

window.transformXForm = (xform) => transform({ xform });
