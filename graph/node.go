package graph

// Node is whatever `node(id:)` can answer: a row of package queries.
type Node any
