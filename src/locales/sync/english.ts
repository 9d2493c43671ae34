/** What `npm run ingest` says in English. A file's path stands before what became of it, and a colon. */

export const sync = {
	usage: [
		'npm run ingest -- FOLDER|s3://BUCKET/PREFIX --company|--channel PLATFORM:TENANT:CHANNEL [--dry-run]',
		'npm run ingest -- --dry-run [--national-ids] FILE…',
	].join('\n'),
	outcome: {
		new: 'new',
		changed: 'changed',
		unchanged: 'unchanged',
		gone: 'gone, and removed',
		'too-large': 'passed over, larger than 50 MB',
		later: 'not taken: it changed meanwhile, or may not be read. Try again later',
		link: 'passed over, a link to somewhere else',
		unreadable: 'passed over, may not be read',
		special: 'passed over, no file',
		'same-name': 'passed over, another one has the same name',
	},
	inUse:
		'The embedded database is in use by the running program. Stop the program first, or let it do this by itself with the setting KNOWLEDGE_SYNC.',
	failed: (reason: string) => `Not everything was taken: ${reason}`,
};
