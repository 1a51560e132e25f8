"""From an export to the keyword network of pyBibX, which has no weights; one run, in an environment of its own."""

import contextlib
import io
import json
import resource
import sys
import time

from pybibx.base import pbx_probe

if __name__ == "__main__":
    begun = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        probe = pbx_probe(file_bib=sys.argv[1], db="scopus", del_duplicated=False)
        # The step of network_adj that counts, without its drawing.
        probe._pbx_probe__adjacency_matrix_kwa(1)
    matrix = probe.matrix_a.to_numpy()
    seconds = time.process_time() - begun
    found = {"seconds": seconds, "keywords": len(matrix), "links": int((matrix > 0).sum()) // 2}
    print(json.dumps({**found, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
