/** What is said about files that people share, in English. A file's name stands before it, and a colon. */

const passages = (count: number) => (count === 1 ? '1 passage' : `${count.toLocaleString('en')} passages`);

const counted = (count: number) => (count === 1 ? '1 file' : `${count} files`);

/** `refused`: too large, out of reach, or of somebody whose files are not taken. */
interface Counts {
	found: number;
	taken: number;
	refused: number;
}

const summary = ({ found, taken, refused }: Counts) =>
	`${counted(found)} found, ${taken} new, ${refused} not taken${refused === 0 ? '' : ' (too large, out of reach, or of people whose files I do not take)'}.`;

export const files = {
	/** Privately, to whoever shared them. */
	ask: (names: string) =>
		`You shared ${names} here. Say “docs take” to me here if I may read that, so that everybody here can ask me about it, or “docs leave” if not.`,
	askedAbout: (count: number) => `I have asked you about ${counted(count)}: say “docs take” or “docs leave”.`,
	taken: (count: number) => (count === 0 ? 'There is no file here that I have asked you about.' : `I am reading ${counted(count)}.`),
	left: (count: number) => (count === 0 ? 'There is no file here that I have asked you about.' : `I leave ${counted(count)} alone.`),
	/** Of files that somebody offers by the menu of their message. */
	offer: {
		nothing: 'There is no file in this message that I can read.',
		known: (count: number) => (count === 1 ? 'I have that file already.' : `${counted(count)} of it I have already.`),
		elsewhere: 'I take files only where you and I both take part. Add me here first, or send me the file yourself.',
		off: 'Files that are shared here are not read. Only administrators of this bot change that, with “channel ingest”.',
		'sharer-decides': 'Here whoever shared a file decides about it: ask them to choose this in the menu of their message.',
	},
	/** What was shared in a channel before, by the word of an administrator. */
	backfill: {
		begun: 'I am looking through what was shared here before. A line here says how far I am; “channel ingest stop” ends it.',
		running: 'I am looking through what was shared here before already. “channel ingest stop” ends that.',
		unlisted:
			'I cannot see what was shared here before: the platform does not tell me. In channels of Teams that takes the setting TEAMS_GRAPH.',
		unread: 'Files that are shared here are not read, or not unasked. Say “channel ingest on” first.',
		stopped: 'I have stopped. What I have taken so far stays.',
		notRunning: 'I am looking through nothing here.',
		line: {
			running: ({ found, taken }: Counts) =>
				`🗂️ I am looking through what was shared here before: ${counted(found)} found so far, ${taken} new.`,
			done: (counts: Counts) => `🗂️ I have looked through what was shared here before: ${summary(counts)}`,
			stopped: (counts: Counts) => `🗂️ I have stopped looking through what was shared here before: ${summary(counts)}`,
			lost: (counts: Counts) => `🗂️ I may not look through this place any more, so I have stopped: ${summary(counts)}`,
			failed: (counts: Counts) =>
				`🗂️ Something went wrong on my side, and it has been logged: ${summary(counts)} Say “channel ingest backfill” later; what is there is not taken twice.`,
		},
	},
	here: {
		on: 'Files that are shared here are read, so that everybody here can ask me about them.',
		off: 'Files that are shared here are not read.',
		ask: 'Of files that are shared here I ask whoever shares them, and read those that I may.',
	},
	personalAlways: 'In our personal chat I read every file that you send me, and nobody else finds it.',
	administratorsDecide: 'Only administrators of this bot decide that for everybody who reads here.',
	waiting: 'received, it will be read in a moment',
	reading: 'being read',
	indexing: (count: number) => `being indexed, ${passages(count)} so far`,
	indexed: (count: number) => `indexed: ${passages(count)}`,
	partly: (count: number) => `indexed as far as it could be read: ${passages(count)}`,
	/** Why not, and what to do. */
	unread: {
		password: 'not read, because it asks for a password. Save a copy without one and share that.',
		corrupt: 'not read, because it is damaged or not what its name says. Open it, save it again and share that.',
		'too-large': 'not read, because it is too large. Share it in parts, or without its pictures.',
		timeout: 'not read, because that took too long. Share it in parts, or save it as PDF.',
		'no-text': 'not read, because there is no text in it, as in a scan or a photo. Save it with recognised text (OCR) and share that.',
		empty: 'not read, because it is empty. Check it and share it again.',
		'type-mismatch': 'not read, because it is something other than its name says. Give it the right ending and share it again.',
		unsupported: 'not read, because I do not know this kind of file. Save it as PDF, Word, Excel or plain text and share that.',
		quarantine: 'set aside, because it seems to hold a password, a key or a card number. Take that out and share it again.',
		gone: 'not read, because I cannot get at it any more. Share it again if you still need it.',
		'upload-size': 'not read, because it is larger than the files that you may give me. “quota” says how large they may be.',
		'upload-count': 'not read, because you have given me as many files as you may in one day. “quota” says when you may again.',
		unavailable: 'not read, because something went wrong on my side, and it has been logged. Share it again later.',
		'too-many': 'not read, because there were too many files with the question. Ask about it in another message.',
		'too-many-pictures': 'not looked at, because there were too many pictures with the question. Ask about it in another message.',
		'picture-size': 'not looked at, because the picture is too large. Share a smaller copy of it.',
	},
	/** With a question: while they are read, behind the bot’s name. */
	sign: (count: number): string => (count === 1 ? 'is reading the file…' : 'is reading the files…'),
	/** Of one that nobody named. */
	nameless: 'file',
	/** Several of which the same is said; `more` stand for those that are not named. */
	together: (names: string, more: number): string => `${names}${more === 0 ? '' : ` and ${more} more`}, each`,
	damaged: 'read as far as it could be: parts of it are damaged, or too many.',
	/** Of a long one. */
	inParts: 'too long to be read as a whole, so I have read what fits the question best.',
	/** `seeing` is another model, for those who may choose. */
	unseen: (model: string, seeing: string | null): string =>
		`🖼️ ${model} sees no pictures, so this answer does without them.${seeing === null ? '' : ` Choose “model ${seeing}” and ask again.`}`,
	/** The same where nobody wrote a word beside them. */
	onlyUnseen: (model: string, seeing: string | null): string =>
		`🖼️ ${model} sees no pictures. ${seeing === null ? 'Tell me in words what you would like to know.' : `Choose “model ${seeing}” and share it again.`}`,
};
