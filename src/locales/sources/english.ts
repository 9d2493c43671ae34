/** What stands around the sources of an answer in English, and around a passage of one. */

export const sources = {
	ofLast: 'My last answer here draws on:',
	none: 'My last answer here cites nothing.',
	noAnswer: 'I have not answered you here yet.',
	more: (count: number) => (count === 1 ? 'and 1 more source' : `and ${count} more sources`),
	show: 'Show passage',
	showOf: (position: number) => `Show passage [${position}]`,
	cut: '✂️ This is the beginning of the passage. The rest is at its source.',
	gone: 'You cannot see this passage, or it is gone.',
	/** Below an answer. `positions`: as `[1], [3]`. */
	withheld: (positions: string, count: number) =>
		count === 1
			? `🔒 Source ${positions} can no longer be read by everybody here, or is gone. It is not shown.`
			: `🔒 Sources ${positions} can no longer be read by everybody here, or are gone. They are not shown.`,
	notAlone: 'I cannot show you the passage here without others seeing it. Open a personal chat with me once, and press the button again.',
};
