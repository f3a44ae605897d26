// Files that people keep: handed to the browser's downloads from memory.

/**
 * Keeps a file, as the browser keeps downloads.
 * @param {Blob | string} content
 * @param {string} name of the file
 * @param {string} [type] of a text
 */
export const save = (content, name, type = 'application/json') => {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
