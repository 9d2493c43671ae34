/** What is said of documents in English. */

export const documents = {
	page: (number: number) => `page ${number}`,
	slide: (number: number) => `slide ${number}`,
	/** Where answers are to draw on documents alone. */
	nothingFound: 'I found nothing about that in the documents that everybody here may read.',
	nothingFoundForYou: 'I found nothing about that in the documents that you may read.',
	withoutModel: 'The language model does not answer right now. This is what the documents say:',
};
