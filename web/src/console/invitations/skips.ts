import { plain } from '../parts/words';

/** What `emailSkip` and `textSkip` answer, in the words that the server has for the same reasons of a batch. */
const words: Record<string, string> = {
  CLAIMED: 'The tenant has already completed the form.',
  REVOKED: 'The invitation was revoked.',
  NO_EMAIL: 'The tenant has no email address.',
  NO_PHONE: 'The tenant has no phone number.',
  ALREADY_TEXTED: 'The tenant, or this phone number, has had the one invitation by text.',
  TEXT_ON_ITS_WAY: 'A text to the tenant, or to this phone number, is on its way; there is only one.',
  SUPPRESSED: 'This address is on the suppression list.',
};

/** Why a message would be skipped, for people. */
export const skipWords = (reason: string) => words[reason] ?? `${plain(reason)}.`;
