/** What `npm run eval` says in English. A case's number or id stands before what became of it, and a colon. */

export const evaluation = {
	usage:
		'npm run eval -- [--set FOLDER] [--role ROLE] [--against RUN] [--out FILE] [--retrieval]\n--retrieval asks no model; --against shows what passed in an earlier run and fails now. No role of administrators or guests.',
	passed: 'passed',
	failed: (checks: string) => `FAILED: ${checks}`,
	check: {
		retrieval: 'the expected document is not among the first five',
		abstention: 'it should have found nothing',
		answered: 'no answer came',
		citations: 'its marks of sources do not hold, or are missing',
		words: 'it lacks a word that it must have, or has one that it must not have',
	},
	error: (code: string) => `no answer came (${code})`,
	noCases: 'There is no case: accept one with “admin feedback”.',
	noModel: (reason: string) => `No model answers (${reason}): only what is found is evaluated.`,
	withoutVectors: (count: number) => `${count} questions were searched by their words alone, since the model made no vector in time.`,
	summary: (passed: number, total: number) => `${passed} of ${total} passed.`,
	written: (file: string) => `The run is in ${file}.`,
	changed: (name: string, before: string, now: string) => `${name}: ${before} before, ${now} now`,
	failures: 'Fails:',
	moreFailures: (count: number) => `and ${count} more`,
	regressions: 'Passed before and fails now:',
	improvements: 'Failed before and passes now:',
	same: 'Nothing that passed before fails now.',
	gone: (count: number) => `Cases that are not there any more: ${count}`,
	added: (count: number) => `New cases: ${count}`,
	none: 'none',
	news: 'Answers may have changed, so I asked the accepted cases again:',
	begun: 'I ask the accepted cases again, and tell you in our personal chat what came of it.',
	inChatAlone: 'The running program asks the models: give this order in the chat. At the machine there is “npm run eval”.',
	inUse:
		'The embedded database is in use by the running program, and only one process can have it. Stop the program first, or let both use a PostgreSQL server with DATABASE_URL.',
	failedRun: (reason: string) => `The evaluation was not carried out: ${reason}`,
	sql: {
		right: 'right',
		wrong: 'WRONG: other rows than those of the verified statement',
		refused: 'refused, and should be answered',
		told: 'WRONG: answered, and should be refused',
		failed: (code: string) => `failed (${code})`,
		summary: (language: string, counts: { right: number; wrong: number; refused: number; failed: number }) =>
			`${language}: ${counts.right} right, ${counts.wrong} wrong, ${counts.refused} refused, ${counts.failed} failed`,
		noModel: (reason: string) => `No model answers (${reason}). Start Ollama, or name it with OLLAMA_HOST.`,
	},
};
