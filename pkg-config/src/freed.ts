// What a call on a form says that is freed, on the page and on another thread.

export const FREED = "The form is freed: free() was called on it.";
