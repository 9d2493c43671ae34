/** What is said about summaries of what people said, in English. */

const count = (value: number) => value.toLocaleString('en');

export const recap = {
	/** What the model is asked. */
	summarize: {
		thread: 'Sum up what was said in this thread.',
		channel: 'Sum up what was said here.',
	},
	catchup: 'Tell me what I missed here.',
	/** Over the question in the personal chat. */
	asked: 'You asked me:',
	message: 'this message',
	thread: 'this thread',
	/** What was asked: of a moment, and a message or a thread, as links. */
	shown: {
		catchup: (since: string, message: string) => `What was said from ${since} to ${message}`,
		thread: (thread: string) => `A summary of ${thread}`,
		channel: (message: string) => `A summary of what was said up to ${message}`,
	},
	elsewhere: 'I answer in our personal chat, where nobody else reads it.',
	noChat:
		'I cannot write to you in a personal chat, so nobody can read the answer but here, where others read along. Write to me there first.',
	notThere: 'There is nothing at that place that you may read now. If you were just let in, ask again in a minute.',
	nothing: 'Nothing was said there in that time, as far as I can see.',
	unreadable: 'The platform does not let me read there right now. Ask again in a minute, or tell an administrator if it goes on.',
	noLink: 'That is no link to a message of this platform.',
	noTime:
		'I do not understand since when. It can be said like this: catchup · catchup 8 hours · catchup 3 days · catchup yesterday · catchup 2026-11-30',
	nothingMissed: 'Here nothing is said but between us. Say “catchup” in a channel, and I tell you here what you missed there.',
	onlyHeard:
		'ℹ️ In this place I know only what was said to me in conversations that you take part in, and not what people said to each other.',
	cut: (read: number) => `✂️ More was said in that time: I read only the newest ${count(read)} messages.`,
	withoutModel: 'The newest messages are these:',
	nothingCited: 'The model wrote nothing that I could trace to a message. Press “Try again” for another answer.',
};
