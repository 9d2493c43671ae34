/** What is said in English while a tool runs: behind the bot’s name, and as a sentence of its own. */

export const tools = {
	search_documents: { sign: 'is searching the documents…', notice: '🔎 I am searching the documents…' },
	query_company_data: { sign: 'is asking the company’s data…', notice: '🗄️ I am asking the company’s data…' },
	current_time: { sign: 'is looking at the clock…', notice: '🕑 I am looking at the clock…' },
	read_message: {
		sign: 'is reading the message…',
		notice: '📖 I am reading the message that the link is about…',
		/** Names the message below the answer that draws on it. */
		source: (author: string, at: string) => `Message of ${author}, ${at}`,
	},
};
