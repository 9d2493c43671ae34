/** What is said of documents in English. */

export const documents = {
	page: (number: number) => `page ${number}`,
	slide: (number: number) => `slide ${number}`,
	/** Where answers are to draw on documents alone. */
	nothingFound: 'I found nothing about that in the documents that everybody here may read.',
	nothingFoundForYou: 'I found nothing about that in the documents that you may read.',
	/** For the asker alone, below an answer that others read. */
	moreForYou: (count: number) =>
		count === 1
			? '🔒 There is 1 document about this that you may read and not everybody here may. Only you see this.'
			: `🔒 There are ${count} documents about this that you may read and not everybody here may. Only you see this.`,
	askPrivately: 'Answer me in private',
	/** Above the answer, in the personal chat. */
	askedElsewhere: 'You asked elsewhere:',
	withoutModel: 'The language model does not answer right now. This is what the documents say:',
};
