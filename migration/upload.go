package migration

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/legacy"
	"carryover/queries"
)

// uploadPiece is how much of a file is in memory at once, on its way in and out.
const uploadPiece = 512 << 10

// uploadOnItsWay is how long a file that has begun and did not end is taken for one that still comes.
const uploadOnItsWay = 6 * time.Hour

// UploadBounds is how much is kept, in bytes.
type UploadBounds struct {
	File    int64 // of one file
	Waiting int64 // of all files of one person that wait to be imported, this one among them; 0: any
}

// Upload keeps a file as it comes, in pieces, and answers it once it is whole. One that breaks off, is empty or is larger than its bounds
// leaves nothing behind. Only who brought it can import it.
func (s *Service) Upload(ctx context.Context, by Actor, name string, file io.Reader, most UploadBounds) (*queries.Upload, error) {
	var r Refusals
	if name = cleanText(&r, name, 255, "name"); len(r) > 0 {
		return nil, r
	}
	id := ids.New()
	if err := s.q.UploadInsert(ctx, s.Pool, queries.UploadInsertParams{ID: id, StaffID: by.staffID(), Name: name, Now: s.now()}); err != nil {
		return nil, fmt.Errorf("insert upload: %w", err)
	}
	done, err := s.keep(ctx, by, id, file, most)
	if err != nil {
		left := context.WithoutCancel(ctx) // who hung up still leaves nothing
		return nil, errors.Join(err, s.q.UploadDelete(left, s.Pool, id))
	}
	upload, err := s.q.UploadComplete(ctx, s.Pool, done)
	if err != nil {
		return nil, fmt.Errorf("complete upload: %w", err)
	}
	return upload, nil
}

// keep looks how much room there is once the file's own row stands: of several that begin at once each counts the others.
func (s *Service) keep(ctx context.Context, by Actor, id uuid.UUID, file io.Reader, most UploadBounds) (done queries.UploadCompleteParams, err error) {
	room := int64(math.MaxInt64)
	if most.Waiting > 0 {
		waiting, err := s.q.UploadSumWaiting(ctx, s.Pool, queries.UploadSumWaitingParams{ID: id, StaffID: by.staffID(), Most: most.File, Since: s.now().Add(-uploadOnItsWay)})
		if err != nil {
			return done, fmt.Errorf("sum uploads: %w", err)
		}
		room = most.Waiting - waiting
	}
	full := Refuse(CodeInvalid, fmt.Sprintf("With this file more than %s of yours would wait to be imported. Import the others first; what nobody imports is deleted after %d days.",
		inMB(most.Waiting), uploadLife/(24*time.Hour)), "file")
	if room <= 0 {
		return done, full
	}
	tooLarge := Refuse(CodeInvalid, "The file is larger than "+inMB(most.File)+". Part it in two, each with the headings.", "file")
	if room < most.File {
		tooLarge = full
	}
	return s.keepPieces(ctx, id, file, min(room, most.File), tooLarge)
}

func inMB(bytes int64) string { return strconv.FormatInt(bytes>>20, 10) + " MB" }

func (s *Service) keepPieces(ctx context.Context, id uuid.UUID, file io.Reader, most int64, tooLarge error) (done queries.UploadCompleteParams, err error) {
	sum, sniffer, buffer := sha256.New(), &legacy.Sniffer{}, make([]byte, uploadPiece)
	done.ID = id
	for piece := 0; ; piece++ {
		n, err := io.ReadFull(file, buffer)
		if n == 0 && errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return done, fmt.Errorf("read upload: %w", err)
		}
		if done.Size += int64(n); done.Size > most {
			return done, tooLarge
		}
		_, _ = sum.Write(buffer[:n])
		_, _ = sniffer.Write(buffer[:n])
		if err := s.q.UploadPieceInsert(ctx, s.Pool, queries.UploadPieceInsertParams{UploadID: id, Piece: piece, Data: buffer[:n]}); err != nil {
			return done, fmt.Errorf("insert piece of upload: %w", err)
		}
		s.Step("upload_piece")
		if n < len(buffer) {
			break
		}
	}
	if done.Size == 0 {
		return done, Refuse(CodeInvalid, "The file is empty. Its first line must name the columns.", "file")
	}
	done.Sha256, done.Encoding, done.Now = sum.Sum(nil), sniffer.Encoding(), ptr(s.now())
	return done, nil
}

// openUpload answers how a file is read from any place of its text.
func (s *Service) openUpload(ctx context.Context, u *queries.Upload) legacy.Open {
	return func(at int64) (io.Reader, error) {
		if raw, ok := legacy.Direct(u.Encoding, at); ok {
			return &uploadReader{service: s, ctx: ctx, id: u.ID, piece: int(raw / uploadPiece), skip: int(raw % uploadPiece)}, nil
		}
		text, err := legacy.Decode(&uploadReader{service: s, ctx: ctx, id: u.ID}, u.Encoding)
		if err == nil {
			_, err = io.CopyN(io.Discard, text, at)
		}
		return text, err
	}
}

// uploadReader reads a kept file piece by piece, and each no earlier than it is asked for.
type uploadReader struct {
	service *Service
	ctx     context.Context //nolint:containedctx // of the one act that reads; io.Reader leaves no other way
	id      uuid.UUID
	piece   int
	skip    int // of the next piece
	rest    []byte
}

func (r *uploadReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		data, err := r.service.q.UploadPieceGet(r.ctx, r.service.Pool, queries.UploadPieceGetParams{UploadID: r.id, Piece: r.piece})
		if errors.Is(err, pgx.ErrNoRows) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, fmt.Errorf("read piece %d of upload: %w", r.piece, err)
		}
		r.rest = data[min(r.skip, len(data)):]
		r.piece, r.skip = r.piece+1, 0
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// ForgetUploads deletes files that nobody imported, and those whose import was over uploadLife ago.
func (s *Service) ForgetUploads(ctx context.Context) error {
	if _, err := s.q.UploadForget(ctx, s.Pool, s.now().Add(-uploadLife)); err != nil {
		return fmt.Errorf("forget uploads: %w", err)
	}
	return nil
}
