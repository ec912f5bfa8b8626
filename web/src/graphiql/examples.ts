// The tabs that GraphiQL opens with: a migration in the order in which staff go through it. Ids that only the reader's
// database knows are blank variables, and a comment says which tab answers them.

/** A tab as GraphiQL takes it; the variables are JSON. */
export interface Example {
  query: string;
  variables: string | null;
}

function tab(query: string, variables?: object): Example {
  return { query: query.trim() + '\n', variables: variables ? JSON.stringify(variables, null, 2) : null };
}

/**
 * One act of the API each. The first one signs in; the browser keeps the cookie for the others. It has no variables: GraphiQL
 * leaves those of the first default tab out.
 */
export const examples: Example[] = [
  tab(
    `
# Sign in. The answer sets a cookie, which the
# other tabs are sent with. This is the demo's
# sign-in; elsewhere use your own.
mutation SignIn {
  signIn(input: { email: "admin@example.com", password: "carryover-demo" }) {
    viewer {
      staff {
        name
        role
      }
      locations {
        name
        timeZone
      }
    }
    userErrors {
      code
      message
    }
  }
}
`,
  ),
  tab(
    `
# What was offered to whom, newest first, and
# how far each tenant has come.
query Invitations($filter: InvitationFilter) {
  invitations(first: 20, filter: $filter) {
    nodes {
      id
      status
      isExpired
      tenant {
        name
        email
      }
      plan {
        name
      }
      unit
      location {
        name
      }
      anchorDay
      card {
        total {
          amount
          currency
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    { filter: { statuses: ['PENDING', 'SENT'] } },
  ),
  tab(
    `
# The ids that an invitation is made of.
query Catalogue {
  plans(first: 20) {
    nodes {
      id
      name
      cardPrice {
        amount
        currency
      }
      location {
        name
      }
    }
  }
  insurancePlans(first: 20) {
    nodes {
      id
      name
      price {
        amount
        currency
      }
    }
  }
}
`,
  ),
  tab(
    `
# Save an offer. planId comes from the tab
# Catalogue. Nobody is told yet.
mutation CreateInvitation($input: CreateInvitationInput!) {
  createInvitation(input: $input) {
    invitation {
      id
      status
      card {
        lines {
          description
          amount {
            amount
          }
        }
        total {
          amount
          currency
        }
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
`,
    {
      input: {
        planId: '',
        newTenant: { name: 'Jane Doe', email: 'jane.doe@example.com' },
        unit: '',
        anchorDay: 15,
      },
    },
  ),
  tab(
    `
# Send offers by email. ids come from the tab
# Invitations; expectedCount is how many. A
# clientKey stands for one act: the same one
# again answers the same batch and mails nobody
# twice.
mutation SendInvitations($input: SendInvitationsInput!) {
  sendInvitations(input: $input) {
    batch {
      id
      total
      pending
      outcomes {
        nodes {
          invitation {
            tenant {
              name
            }
          }
          outcome
          message
        }
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
`,
    { input: { channel: 'EMAIL', ids: [''], expectedCount: 1, clientKey: 'choose one for each act' } },
  ),
  tab(
    `
# What tenants have handed in and staff may
# approve.
query Submissions {
  submissions(first: 20, filter: { statuses: [READY_FOR_APPROVAL] }) {
    nodes {
      id
      status
      canApprove
      tenant {
        name
      }
      location {
        name
      }
      paymentMethod
      anchorDay
      quote {
        total {
          amount
          currency
        }
      }
    }
  }
}
`,
  ),
  tab(
    `
# What approving would charge with either start.
# submissionId comes from the tab Submissions.
query BillingPreview($submissionId: ID!) {
  billingPreview(submissionId: $submissionId) {
    option
    dueToday {
      amount
      currency
    }
    nextChargeOn
    nextCharge {
      amount
      currency
    }
  }
}
`,
    { submissionId: '' },
  ),
  tab(
    `
# Approve with one of the two starts.
# expectedDueToday is dueToday of the tab
# BillingPreview: with another amount nothing is
# done. The subscription is made in the
# background.
mutation ApproveSubmission($input: ApproveSubmissionInput!) {
  approveSubmission(input: $input) {
    submission {
      status
    }
    approval {
      option
      nextChargeOn
      outcome
    }
    preview {
      dueToday {
        amount
        currency
      }
    }
    userErrors {
      code
      message
    }
  }
}
`,
    {
      input: {
        submissionId: '',
        option: 'NEXT_MONTH',
        expectedDueToday: { amount: '0.00', currency: 'USD' },
      },
    },
  ),
];
