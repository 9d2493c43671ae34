/** What an answer draws on, as readers see it on any platform. */
export interface ShownSource {
	position: number;
	title: string;
	url: string | null;
}
