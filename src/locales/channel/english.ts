/** What is said about what holds in a channel, in English. */

export const channel = {
	refused: {
		off: 'I am switched off in this channel. Write to me directly and I answer; an administrator can switch me on here with “channel mode default”.',
		quiet: (from: string, to: string, zone: string) =>
			`I answer nothing here from ${from} to ${to} (${zone}). Ask me again after that, or write to me directly.`,
	},
	knowledge: {
		only: 'My answers here come from documents alone; where they say nothing, I say so.',
		prefer: 'My answers here look at documents first, and go on from what I know where they say nothing.',
		off: 'My answers here use no documents.',
	},
	stale: (days: number | null) =>
		days === null
			? 'No source is marked as old here because of its age.'
			: `What my answers here cite is marked as old after ${days === 1 ? '1 day' : `${days.toLocaleString('en')} days`}.`,
	mode: {
		off: 'I answer nothing here.',
		mention: 'I answer here what mentions me.',
		threads: 'I answer here what mentions me, and what is said in threads where I take part.',
		all: 'I answer here everything that is said to nobody in particular, as far as the platform lets me hear it.',
	},
	language: { en: 'What I say of my own here is in English.', es: 'What I say of my own here is in Spanish.' },
	quiet: (from: string, to: string, zone: string | null) => `From ${from} to ${to} (${zone ?? 'our time zone'}) I answer nothing here.`,
	budget: (tokens: number) => `All who ask here may use ${tokens.toLocaleString('en')} tokens a day together.`,
	keepDays: (days: number) =>
		`What is said with me here I keep for ${days === 1 ? '1 day' : `${days.toLocaleString('en')} days`}; then it is erased.`,
	everywhere: (sentence: string) => `${sentence} (As everywhere in this organisation.)`,
	notPersonal:
		'In our personal chat nobody else reads along, so that can be decided for channels only, or with “everywhere” for all of them.',
	muted: {
		done: 'I am quiet in this thread until somebody mentions me again.',
		personal: 'Here you are alone with me: I say nothing unless you write to me.',
		notThread:
			'Say that in the thread in which I am to be quiet. For a whole channel administrators say “channel mode mention” or “channel mode off”.',
	},
	how: '“channel show” says what holds here; administrators change it. “channel mode off|mention|threads|all” says what I answer, “channel model NAME” with which model, “channel locale english|spanish” in which language I speak of my own, “channel quiet 22:00-07:00” when I am quiet, “channel budget TOKENS” what all may use together in a day, “channel retention DAYS” how long I keep what is said with me. With “everywhere” behind it these hold for all channels here. “channel ingest on|off|ask” says whether files that are shared here are read, “channel knowledge only|prefer|off” how answers use documents, “channel digest on|here|off” whether I tell you, or here, once a week what I could not answer well. “default” takes a decision back. “channel ingest backfill” also reads what was shared here before, “channel ingest backfill 2026-01-31” what was shared since that day, and “channel ingest stop” ends that. “channel stale DAYS” says after how many days a source is marked as old.',
};
