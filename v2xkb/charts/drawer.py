"""The process that draws: the engine it holds takes more memory than a web process may, and may fail without harm."""

import vl_convert

from v2xkb.charts.answering import run

VEGA_LITE = "5.21"
PIXELS_PER_POINT = 2


def drawn(spec: str, form: str) -> bytes:
    """A Vega-Lite spec as SVG or PNG, or an SVG as PNG of its size; ValueError where it can't be drawn.

    Nothing is fetched. As a bundle: the script with which browsers draw, which hands on what the spec says.
    """
    if form == "bundle":
        return vl_convert.javascript_bundle(spec, vl_version=VEGA_LITE).encode()
    if form == "pixels":
        return vl_convert.svg_to_png(spec, scale=1)
    if form == "svg":
        return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]).encode()
    return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, allowed_base_urls=[], scale=PIXELS_PER_POINT)


if __name__ == "__main__":
    run(lambda spec, form, _talk: drawn(spec, form))
