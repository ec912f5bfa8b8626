package web

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Assets are the files that pages load, from below /assets/. Their names change with their contents, so browsers keep them for
// ever. Whoever takes Brotli or gzip gets what the build has compressed already.
func Assets() http.Handler { return assets{files()} }

type assets struct{ files fs.FS }

func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if info, err := fs.Stat(a.files, name); err != nil || info.IsDir() {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	for _, packed := range []struct{ coding, ending string }{{"br", ".br"}, {"gzip", ".gz"}} { // the smaller first
		if _, err := fs.Stat(a.files, name+packed.ending); err == nil && takes(r, packed.coding) {
			h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
			h.Set("Content-Encoding", packed.coding)
			name += packed.ending
			break
		}
	}
	http.ServeFileFS(w, r, a.files, name)
}

// takes asks for more than a substring: "gzip;q=0" says no.
func takes(r *http.Request, wanted string) bool {
	for one := range strings.SplitSeq(strings.ReplaceAll(r.Header.Get("Accept-Encoding"), " ", ""), ",") {
		coding, weight, weighted := strings.Cut(one, ";q=")
		if strings.EqualFold(coding, wanted) {
			q, err := strconv.ParseFloat(weight, 64)
			return !weighted || (err == nil && q > 0)
		}
	}
	return false
}
