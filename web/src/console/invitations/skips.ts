import { plain } from '../parts/words';

const words: Record<string, string> = {
  CLAIMED: 'The tenant has completed it',
  REVOKED: 'It was revoked',
  NO_EMAIL: 'No email on file',
  NO_PHONE: 'No phone number on file',
  ALREADY_TEXTED: 'This number had its one SMS',
  SUPPRESSED: 'This address must not be written to',
};

/** Why a message would be skipped, for people. */
export const skipWords = (reason: string) => words[reason] ?? plain(reason);
