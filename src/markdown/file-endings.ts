/** What names with a dot end in that are no hosts: endings of files, and words that code calls. */

/**
 * Endings of files that assistants write about (the names of Visual Studio Code's languages, and of documents, pictures, sound and archives).
 * Some two-letter ones are countries' too, but files far more often; `cc`, `pl` and `ps` are not. `zip` and `mov` are not here either: they are
 * known as hosts that pose as files.
 */
const files = `
	bash bat bmp bz2 cfg cjs class conf cpp cs css csv cts dart db dll doc docx dockerfile env eps exe fish gif go gradle graphql gz h heic
	hpp htm html ico ini ipynb jar java jpeg jpg js json jsonl jsx key kt kts less lock log lua m4a md mdx mjs mkv mp3 mp4 mts odp ods odt ogg
	parquet pdf pem php png ppt pptx proto psd py rar rb rs rtf sass scss sh so sql sqlite svelte svg swift tar tex tf tgz tif tiff toml
	ts tsv tsx txt vb vue wasm wav webm webp xls xlsx xml xsd xsl yaml yml zsh`;

/** Methods and fields that stand behind a dot in code, of the languages that are asked about most. */
const codeWords = `
	add all any append apply assign call catch concat data equals error every exec exports filter find first format from get has header id
	includes index init insert item items iter join keys last length list lower map match max min next node notify of on open parse path pop
	print props push query race read reduce remove replace reverse send set size slice some sort split state string test then title token trim
	type update upper value values write`;

export const fileEndings: ReadonlySet<string> = new Set(`${files}${codeWords}`.trim().split(/\s+/));
