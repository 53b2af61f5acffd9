"""Speed against floors and peers measured in the same run: `make bench`, `docs/benchmarks.md`."""
