/** What is said about what holds in a channel, in English. */

export const channel = {
	knowledge: {
		only: 'My answers here come from documents alone; where they say nothing, I say so.',
		prefer: 'My answers here look at documents first, and go on from what I know where they say nothing.',
		off: 'My answers here use no documents.',
	},
	how: '“channel ingest on|off|ask” says whether files that are shared here are read, “channel knowledge only|prefer|off” how answers use documents. “default” takes a decision back. “channel ingest backfill” also reads what was shared here before, “channel ingest backfill 2026-01-31” what was shared since that day, and “channel ingest stop” ends that.',
};
