export function publicNames(
  file: string,
): Map<string, { module: { path: string } | undefined; local: string; isType: boolean }>;
export function namesPage(file: string): string;
