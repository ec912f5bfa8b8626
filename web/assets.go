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
// ever. Whoever takes gzip gets what the build has compressed already.
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
	if _, err := fs.Stat(a.files, name+".gz"); err == nil && takesGzip(r) {
		h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		h.Set("Content-Encoding", "gzip")
		name += ".gz"
	}
	http.ServeFileFS(w, r, a.files, name)
}

// takesGzip asks for more than a substring: "gzip;q=0" says no.
func takesGzip(r *http.Request) bool {
	for one := range strings.SplitSeq(strings.ReplaceAll(r.Header.Get("Accept-Encoding"), " ", ""), ",") {
		coding, weight, weighted := strings.Cut(one, ";q=")
		if strings.EqualFold(coding, "gzip") {
			q, err := strconv.ParseFloat(weight, 64)
			return !weighted || (err == nil && q > 0)
		}
	}
	return false
}
