/** What administrators are told of what they say in every channel at once, in English. */

const channels = (count: number) => (count === 1 ? '1 channel' : `${count} channels`);

export const broadcast = {
	asked: (count: number) =>
		`In your personal chat I show you what would go to ${channels(count)}. Nothing is posted before you press the button there.`,
	preview: (text: string, named: string, more: number, minutes: number) =>
		[
			'This would be posted, once, by me:',
			text,
			`It would go to ${named}${more === 0 ? '' : ` and ${more} more`}. The button works within ${minutes} minutes.`,
		].join('\n\n'),
	begin: (count: number) => `Post to ${channels(count)}`,
	begun: 'It is being posted, channel by channel. I tell you here when that is done.',
	stop: 'Stop',
	stopped: 'No further channel gets it.',
	ended: (posted: number, refused: number, unknown: number, waiting: number) =>
		[
			`Posted to ${channels(posted)}.`,
			...(refused === 0 ? [] : [`${channels(refused)} did not take it: I may not speak there.`]),
			...(unknown === 0 ? [] : [`Of ${channels(unknown)} I do not know: it is not sent again.`]),
			...(waiting === 0 ? [] : [`Stopped before ${channels(waiting)}.`]),
		].join(' '),
	over: 'That is over, or the button has run out. Nothing was done.',
	notYours: 'Only the administrator who asked for it can do that. Nothing was done, and it has been noted.',
	length: (most: number) => `What is said to all has ${most} characters at most.`,
	inChatAlone: 'What is said to all is shown first: give this order in the chat.',
	refused: {
		off: 'Messages to every channel are switched off in this installation (OPENCCB_BROADCAST).',
		nowhere: 'I know of no channel in which I may speak.',
		unreached: 'I know of no personal chat of yours to show it in first: write to me there.',
	},
};
