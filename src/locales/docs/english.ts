/** What is said about documents that people list, look at, forget and publish, in English. Names come in as text that is safe to show. */

const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`);

const size = (bytes: number) =>
	bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;

export const docs = {
	heading: {
		here: 'Documents that were shared here, the newest first:',
		everywhere: 'Documents that my answers to you here can draw on, the newest first:',
	},
	none: {
		here: 'There is no document here that you may read. Share a file here, and I read it where that is switched on.',
		everywhere: 'There is no document that you may read. Send me a file here, and I read it for you alone.',
	},
	how: '“docs show NUMBER” says more about one, “docs forget NUMBER” removes one that you shared.',
	which: 'Say which one, by its number or its name: docs show 4821903, or docs show "plan.pdf".',
	notThere: (typed: string) => `I know no document “${typed}” with which you could do that. “docs” shows those that you may read.`,
	several: 'Several could be meant. Say the number of the one that you mean:',
	nameless: '(without a name)',
	row: { number: 'Number', place: 'Where', sharedBy: 'Shared by', date: 'Date', stale: 'Old after', state: 'State', link: 'Link' },
	place: { here: 'here', direct: 'your personal chat with me', group: 'a group chat', channel: 'a channel', company: 'the whole company' },
	alsoCompany: 'published to the whole company',
	asked: 'waiting for your word: “docs take” or “docs leave”, said where you shared it',
	unread: 'not read',
	older: 'older version, not searched',
	forgotten: (name: string) => `I have forgotten “${name}” there.`,
	liesElsewhere: 'The same content lies in another place too, so its passages stay for those who may read there.',
	gone: (passages: number, vectors: number, bytes: number) =>
		`It lay nowhere else. From now on nobody finds it, and all of it is being removed: ${counted(passages, 'passage', 'passages')}, ${counted(vectors, 'vector', 'vectors')}, and the file itself (${size(bytes)}).`,
	quoted: (answers: number, summaries: number) =>
		`What I have kept of answers that drew on it is erased: ${counted(answers, 'answer', 'answers')}${summaries === 0 ? '' : `, ${counted(summaries, 'summary of a conversation', 'summaries of conversations')}`}, and what I said there afterwards. What stands in the chat stays there until somebody deletes it.`,
	neverQuoted: 'No answer of mine drew on it.',
	comesAgain: 'It was taken from a folder or a bucket. As long as it stays there, it comes again the next time that is looked through.',
	onlyAdministrators: 'Only administrators of this bot publish documents to the whole company, or take them back.',
	published: (name: string, staleAfterDays: number | null) =>
		`Everybody in the company can ask me about “${name}” from now on. When it is deleted where it was shared, or gets a newer version there, that ends.${staleAfterDays === null ? '' : ` It is marked as old after ${counted(staleAfterDays, 'day', 'days')}.`}`,
	staleAfter: (days: number) => counted(days, 'day', 'days'),
	notPublished: (name: string) => `“${name}” cannot be published: it is published already, is no newest version, or is not read.`,
	withdrawn: (name: string) => `“${name}” is not for the whole company any more, only for those who read where it was shared.`,
	takenBack: (name: string, number: number) =>
		`“${name}”, which was published to the whole company, has a newer version where it was shared. Nobody has looked at that one, so neither is for the whole company any more. To publish the newer one, write to me there: docs publish ${number}.`,
	wasNotPublished: (name: string) => `“${name}” was not published from a channel.`,
};
