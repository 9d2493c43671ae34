/** The weekly digest of what was asked in a channel in vain, in English. Words of questions come in as a list with commas. */

const questions = (count: number) => (count === 1 ? '1 question' : `${count} questions`);

export const digest = {
	heading: 'What I could not answer well in your channel this week:',
	headingHere: 'What I could not answer well here this week:',
	topic: (
		words: string,
		{
			questions: asked,
			people,
			foundNothing,
			calledWrong,
		}: { questions: number; people: number; foundNothing: number; calledWrong: number },
	) => {
		const nothing = foundNothing === 0 ? [] : [`${foundNothing} found nothing`];
		const wrong = calledWrong === 0 ? [] : [`${calledWrong} got an answer that was called wrong`];
		return `${words}: ${questions(asked)} of ${people} people; ${[...nothing, ...wrong].join(', ')}. Add a document about it.`;
	},
	others: (count: number) =>
		`${questions(count)} of fewer than three people about the same thing ${count === 1 ? 'is' : 'are'} not shown, so that nobody is recognised.`,
	what: 'Share a file here or in my personal chat and I read it; “docs” shows what I have.',
	done: (count: number) =>
		count === 1
			? 'I am looking at 1 channel. Its digest comes if anything was asked there in vain.'
			: `I am looking at ${count} channels. Their digests come where anything was asked in vain.`,
	none: 'No channel gets a digest: “channel digest on” switches it on there.',
	inChatAlone: 'What posts digests is part of the running program: give this order in the chat.',
	standing: {
		here: 'Once a week I post here what I could not answer well, without names and questions.',
		private: 'Once a week I tell an administrator what I could not answer well here, without names and questions.',
	},
	notPersonal: 'A digest is about a channel or a group with several people.',
};
