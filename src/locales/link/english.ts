/** What the bot says about linking accounts, in English. */

export const link = {
	code: (code: string, minutes: number) =>
		[
			`Your code: ${code}`,
			`Within ${minutes} minutes, write to me on the other platform: link ${code}. Or “link code”, and I ask you for it. It works once.`,
			'From then on both accounts are you: one quota, one role, and what you told me with the other one moves here.',
			'Never enter a code that somebody else gave you.',
		].join('\n'),
	entry: {
		about: 'Enter the code that I gave you on another platform. To get one, say “link” to me in our personal chat.',
		code: { label: 'Code', hint: 'eight letters and digits, as K7QF-2M9X' },
	},
	privateOnly: 'Say that to me in our personal chat, and I give you a code there, where nobody else can read it.',
	linked: (name: string) =>
		`Done: this account is linked with ${name} now. If that is not you, say “unlink” at once and tell an administrator.`,
	unlinked: (accounts: number) =>
		accounts === 1
			? 'Done: the accounts are apart again, each with what was said there.'
			: `Done: ${accounts} accounts are apart again, each with what was said there.`,
	notLinked: 'This account is not linked with any other. Say “link” to get a code.',
	notACode: 'That is not a code. Say “link” on your other platform to get one; it looks like K7QF-2M9X.',
	refused: {
		unknown: 'I do not know this code. Check it, or say “link” on the other platform to get a new one.',
		expired: 'This code has run out. Say “link” on the other platform to get a new one.',
		used: 'This code was used already. Say “link” on the other platform to get a new one.',
		own: 'This is the account that the code was made for. Enter it with your account on another platform.',
		'other-person': 'This code was made by somebody else in the same workspace, so it links nothing. It is worth nothing any more.',
		'more-rights': 'This account has more rights than the other one. Say “link” here and enter the code there.',
		'two-roles': 'An administrator gave the other account a higher role than this one. Ask them which of both is to count.',
		locked: (minutes: number) => `Too many wrong codes. You can try again in ${minutes} min.`,
	},
};
