// The pages of a list, by where they begin or end.
export const perPage = 100;

export interface Ends {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** Which page, and where it begins or ends. */
export interface At {
  page: number;
  after?: string;
  before?: string;
  /** The page from which one came: the way back where the API has none. */
  earlier?: At;
}

export const first: At = { page: 0 };

export const ends = ({ after, before }: At): Ends =>
  before ? { last: perPage, before } : { first: perPage, after };
