/** What an answer draws on, as readers see it on any platform. */
export interface ShownSource {
	position: number;
	title: string;
	url: string | null;
	/** What is said of where it stands and of when it is. */
	about: string;
	/** What is shown of its text, where that stands apart. */
	abstract?: string;
}
