// Stands in for modules that a page needs by name only.
export default [];
