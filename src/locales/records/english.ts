/** What administrators are told of records that they take as files, in English. */

export const records = {
	name: { audit: 'The audit log', feedback: 'The cases of badly rated answers', shown: 'What people show you of their answers' },
	comment: (name: string, rows: number, isCut: boolean) =>
		`${name}: ${rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`}, the newest first.${isCut ? ' There are older ones, which do not fit.' : ''}`,
	columns: {
		audit: ['number', 'time', 'by', 'who', 'order', 'outcome', 'whom', 'details'],
		feedback: ['case', 'time', 'state', 'rated by', 'asked by', 'has a reason', 'has', 'does not have', 'decided', 'decided by'],
		shown: ['time', 'who', 'rating', 'reason', 'question', 'answer'],
	},
	brought: 'The file is in your personal chat.',
	offered: 'In your personal chat I ask you where the file belongs.',
	unreached:
		'I bring files into personal chats alone, and know of none of yours that takes them: write to me in Slack, Discord or Teams first, with an account that is linked to this one.',
	inChatAlone: 'Files come into a personal chat: give this order in the chat.',
};
