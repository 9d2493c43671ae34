/** What is said about a person's own conversations, in English. Titles come in as text that is safe to show. */

export const history = {
	heading: 'Your conversations with me on all platforms, the latest first:',
	none: 'You have no conversation with me yet.',
	how: '“history open NUMBER” shows the end of one, “history rename NUMBER New title” calls it so for you alone, “history delete NUMBER” takes it away.',
	which: 'Say which one, by its number: history open 4821903. “history” shows them all.',
	notThere: (number: string) => `You have no conversation ${number}. “history” shows those that you have.`,
	untitled: '(without a title)',
	archived: 'archived',
	where: {
		direct: (platform: string) => `personal chat, ${platform}`,
		group: (platform: string) => `group chat, ${platform}`,
		channel: (platform: string) => `channel, ${platform}`,
	},
	me: 'You',
	assistant: 'I',
	somebody: 'Somebody',
	takenBack: '(taken back)',
	empty: 'Nothing is kept of what was said there.',
	newTitle: 'Say what it is to be called: history rename 4821903 Holidays in May. “default” gives it its own title again.',
	titleTooLong: (most: number) => `A title has ${most} characters at most.`,
	renamed: (title: string) => `You find it as “${title}” now.`,
	renamedBack: 'It has its own title again.',
	sure: (title: string, number: number) =>
		`“${title}” goes with all that was said in it, with the files that you shared there, and cannot be brought back. If you want that, say: history delete ${number} yes`,
	sureShared: (title: string, number: number) =>
		`Others take part in “${title}”, so it stays for them and only leaves your list. If you want that, say: history delete ${number} yes`,
};
