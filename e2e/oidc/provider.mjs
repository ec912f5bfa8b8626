// A real OpenID Connect provider on this machine. It is asked by a test alone, which says in the environment where it is reached from
// outside and where it may send browsers back to. Whoever signs in is who they say; who says "unverified:…" has an email that
// nobody verified, and who says "name|address" is another person than whoever has only the address.
import { Provider } from 'oidc-provider'

const { ISSUER, REDIRECT_URI } = process.env

const client = (client_id) => ({
  client_id,
  client_secret: `secret of ${client_id}, long enough for any algorithm`,
  redirect_uris: [REDIRECT_URI],
  response_types: ['code'],
  grant_types: ['authorization_code'],
})

const provider = new Provider(ISSUER, {
  clients: [client('carryover'), client('another')],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false, // the email stands in the ID token
  cookies: { keys: ['cookies of a test'] },
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (_, accountId) => accountId.split('|')[0],
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => {
      const address = accountId.split('|').at(-1)
      return { sub: accountId, email: address.replace('unverified:', ''), email_verified: !address.startsWith('unverified:') }
    },
  }),
})

const server = provider.listen(0, '127.0.0.1', () => process.stdout.write(`listening ${server.address().port}\n`))
process.stdin.resume().on('end', () => process.exit(0)) // whoever started it has gone
