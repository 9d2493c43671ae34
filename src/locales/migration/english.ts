/** What `npm run migrate` says in English. */

export const migration = {
	usage:
		'npm run migrate -- [--dry-run | --roles] [--wait SECONDS]\n--dry-run shows what would run; --roles makes the roles alone, before a backup is restored; --wait says how long to try while the database is away or in use, 60 s by default.',
	applied: (names: string) => `Done: ${names}.`,
	current: 'Nothing to do: the database is current.',
	pending: (names: string) => `Would run: ${names}.`,
	newer: (names: string) => `A newer version has been here (${names}), and lets this one work on.`,
	roles: 'Done: the roles are there. Now a backup can be restored.',
	needs: (statement: string) => `It cannot be done yet. Whoever has more rights on the database server runs: ${statement}`,
	embedded: 'Without DATABASE_URL there is nothing to do: each start migrates the embedded database.',
	waiting: (reason: string) => `Not yet, trying again: ${reason}`,
	notNow: (reason: string) => `Not done, and nothing is half done. Try again later: ${reason}`,
	failed: (reason: string) => `Not done, and nothing is half done: ${reason}`,
};
