export const report = (results) => console.log(JSON.stringify(results.failures), Object.keys(results.samples));
